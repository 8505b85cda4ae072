-- A login by a client's JWT and the exchange of its code, in turn: a code that came in goes out next. Arguments: the URL
-- that gives a code, the URL that takes one (the code is appended), Basic credentials (base64).
function init(args)
  codes = {}
  authorize = wrk.format("GET", args[1])
  exchange = args[2]
  headers = { ["Authorization"] = "Basic " .. args[3] }
end

function request()
  local code = table.remove(codes)
  return code and wrk.format("POST", exchange .. code, headers) or authorize
end

function response(status, headers_in, body)
  local code = string.match(body, '"code":"([^"]+)"')
  if code then codes[#codes + 1] = code end
end
