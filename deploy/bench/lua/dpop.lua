-- Client credentials, each with a proof of its own: every line of the file in argument 1 once. Argument 2: the form. Argument 3: Basic
-- credentials (base64).
local counter = 0
function setup(thread)
  thread:set("share", counter)
  counter = counter + 1
end

function init(args)
  proofs = {}
  local line_number = 0
  for line in io.lines(args[1]) do
    if line_number % 2 == share then proofs[#proofs + 1] = line end
    line_number = line_number + 1
  end
  position = 0
  form = args[2]
  headers = {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Authorization"] = "Basic " .. args[3],
  }
end

function request()
  position = position + 1
  headers["DPoP"] = proofs[position] or "used up"
  return wrk.format("POST", "/oauth2/token", headers, form)
end
