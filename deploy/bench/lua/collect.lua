-- Asks for tokens and writes each to a file of its thread below the folder in argument 1. Arguments 2 and 3: body, Basic
-- credentials (base64).
local counter = 0
function setup(thread)
  thread:set("share", counter)
  counter = counter + 1
end

function init(args)
  out = io.open(args[1] .. "/tokens-" .. share, "w")
  request_bytes = wrk.format("POST", "/oauth2/token", {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Authorization"] = "Basic " .. args[3],
  }, args[2])
end

function request() return request_bytes end

function response(status, headers, body)
  local token = string.match(body, '"access_token":"([^"]+)"')
  if token then out:write(token, "\n") end
end
