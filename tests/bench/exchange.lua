-- For wrk: the exchange that asks nothing, as an open page sends it. Argument: the file with the frame.
function init(args)
  local file = assert(io.open(args[1], "rb"))
  wrk.method = "POST"
  wrk.path = "/v1/exchange"
  wrk.headers["Content-Type"] = "application/octet-stream"
  wrk.body = file:read("*a")
  file:close()
end

-- The last line: what was answered, and in how many microseconds.
function done(summary, latency)
  local errors = summary.errors
  print(string.format('\n{"requests": %d, "us": %d, "errors": %d, "p50_us": %d, "p99_us": %d}', summary.requests,
    summary.duration, errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
