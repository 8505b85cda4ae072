-- One fixed GET, again and again. Arguments: path with query, and optionally the name and value of a header.
function init(args)
  if args[2] then wrk.headers[args[2]] = args[3] end
  request_bytes = wrk.format("GET", args[1])
end

function request() return request_bytes end
