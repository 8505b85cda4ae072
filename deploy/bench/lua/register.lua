-- Registers clients and writes what each authenticates by, as a form, to a file of its thread below the folder in argument 1. Argument 2: the
-- initial access token. Argument 3: the metadata.
local counter = 0
function setup(thread)
  thread:set("share", counter)
  counter = counter + 1
end

function init(args)
  out = io.open(args[1] .. "/clients-" .. share, "a")
  request_bytes = wrk.format("POST", "/oauth2/register", {
    ["Content-Type"] = "application/json",
    ["Authorization"] = "Bearer " .. args[2],
  }, args[3])
end

function request() return request_bytes end

function response(status, headers, body)
  local id = string.match(body, '"client_id":"([^"]+)"')
  local secret = string.match(body, '"client_secret":"([^"]+)"')
  if id and secret then out:write("client_id=", id, "&client_secret=", secret, "\n") end
end
