// A BitTorrent tracker behind a proxy: prints its port, then who announces what.
import Server from 'bittorrent-tracker/server'

const server = new Server({ udp: false, http: true, ws: true, stats: false, trustProxy: true })
for (const event of ['start', 'complete', 'update', 'stop']) {
  server.on(event, address => console.log(event, address))
}
server.on('warning', warning => console.log('warning', warning.message))
server.on('error', error => { throw error })
server.on('listening', () => console.log('port', server.http.address().port))
server.listen(0, '127.0.0.1')
