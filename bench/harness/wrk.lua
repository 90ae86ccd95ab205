-- Arguments: method, bytes of body, number of services to go round (0: the Host that was given).
local method, size, services = "GET", 0, 0

function init(args)
	method, size, services = args[1] or method, tonumber(args[2] or size), tonumber(args[3] or services)
	wrk.method = method
	if size > 0 then wrk.body = string.rep("x", size) end
	if services > 1 then
		local requests, next = {}, 0
		for n = 1, services do
			wrk.headers["Host"] = "s" .. n .. ".bench.test"
			requests[n] = wrk.format()
		end
		request = function()
			next = next % services + 1
			return requests[next]
		end
	end
end

function done(summary, latency)
	local e = summary.errors
	io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.bytes, summary.duration,
		e.connect + e.read + e.write + e.status + e.timeout))
end
