-- Chains of refresh tokens. Each thread owns its share of the file in argument 1 (one token a line); a token goes out,
-- its successor comes in at the end of the line. Argument 2: Basic credentials (base64).
local counter = 0
function setup(thread)
  thread:set("share", counter)
  counter = counter + 1
end

function init(args)
  pool, first, last = {}, 1, 0
  local line_number = 0
  for line in io.lines(args[1]) do
    if line_number % 2 == share then
      last = last + 1
      pool[last] = line
    end
    line_number = line_number + 1
  end
  headers = {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Authorization"] = "Basic " .. args[2],
  }
end

function request()
  local token = "none"
  if first <= last then
    token, pool[first] = pool[first], nil
    first = first + 1
  end
  return wrk.format("POST", "/oauth2/token", headers, "grant_type=refresh_token&refresh_token=" .. token)
end

function response(status, headers_in, body)
  local token = string.match(body, '"refresh_token":"([^"]+)"')
  if token then
    last = last + 1
    pool[last] = token
  end
end
