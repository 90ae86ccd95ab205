// A BitTorrent client: announces itself at the URL given, scrapes, stops. Prints what the tracker says.
import Client from 'bittorrent-tracker'

const [announce, infoHash, peerId, port] = process.argv.slice(2)
// There is no WebRTC here. A client that offers nothing needs none, but it has to look as if there were.
const client = new Client({ announce: [announce], infoHash, peerId, port: Number(port), wrtc: {} })

const next = event => new Promise((resolve, reject) => {
  client.once(event, resolve)
  client.once('error', reject)
  client.once('warning', reject)
})
const say = (what, { complete, incomplete, downloaded }) => console.log(what, complete, incomplete, downloaded ?? '-')

const started = next('update')
client.start({ numwant: 0, left: 0 })
say('started', await started)
const scraped = next('scrape')
client.scrape()
say('scraped', await scraped)
const stopped = next('update')
client.stop({ numwant: 0 })
say('stopped', await stopped)
client.destroy(() => process.exit(0))
