-- Client credentials of one client after the other: every line of the file in argument 1 is the form that one authenticates by. Argument 2:
-- the rest of the form.
local counter = 0
function setup(thread)
  thread:set("share", counter)
  counter = counter + 1
end

function init(args)
  forms = {}
  local line_number = 0
  for line in io.lines(args[1]) do
    if line_number % 2 == share then forms[#forms + 1] = line .. "&" .. args[2] end
    line_number = line_number + 1
  end
  position = 0
  headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
end

function request()
  position = position % #forms + 1
  return wrk.format("POST", "/oauth2/token", headers, forms[position])
end
