-- Introspects tokens that the server has not seen before: every line of the file in argument 1 once. Argument 2: Basic
-- credentials (base64).
local counter = 0
function setup(thread)
  thread:set("share", counter)
  counter = counter + 1
end

function init(args)
  tokens = {}
  local line_number = 0
  for line in io.lines(args[1]) do
    if line_number % 2 == share then tokens[#tokens + 1] = line end
    line_number = line_number + 1
  end
  position = 0
  headers = {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Authorization"] = "Basic " .. args[2],
  }
end

function request()
  position = position % #tokens + 1
  return wrk.format("POST", "/oauth2/introspect", headers, "token=" .. tokens[position])
end
