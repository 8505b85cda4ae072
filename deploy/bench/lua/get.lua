-- One fixed GET, again and again. Argument: path with query.
function init(args) request_bytes = wrk.format("GET", args[1]) end

function request() return request_bytes end
