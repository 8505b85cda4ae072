-- A pushed request, the browser's visit with it, and the exchange of the code, in turn: what comes in goes out next. Arguments: the pushed
-- form, the URL that takes its request_uri (which is appended), the cookies of a browser that is logged in and has consented, the form that
-- takes a code (likewise), Basic credentials (base64).
function init(args)
  uris, codes = {}, {}
  local form = {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Authorization"] = "Basic " .. args[5],
  }
  pushed = wrk.format("POST", "/oauth2/par", form, args[1])
  visit = function(uri) return wrk.format("GET", args[2] .. uri, { ["Cookie"] = args[3] }) end
  exchange = function(code) return wrk.format("POST", "/oauth2/token", form, args[4] .. code) end
end

function request()
  local code = table.remove(codes)
  if code then return exchange(code) end
  local uri = table.remove(uris)
  return uri and visit(uri) or pushed
end

function response(status, headers, body)
  local code = headers["Location"] and string.match(headers["Location"], "[?&]code=([^&]+)")
  local uri = string.match(body, '"request_uri":"([^"]+)"')
  if code then codes[#codes + 1] = code end
  if uri then uris[#uris + 1] = uri end
end
