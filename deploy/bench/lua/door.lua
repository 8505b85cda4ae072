-- GETs with an access token, again and again. Arguments: path, host, a file of tokens that take turns (one a line; a thread has
-- every other one, unless there is but one), and further headers: names and values in turn.
local counter = 0
function setup(thread)
  thread:set("share", counter)
  counter = counter + 1
end

function init(args)
  local all, mine = {}, {}
  for line in io.lines(args[3]) do all[#all + 1] = line end
  for i = 1, #all do
    if #all == 1 or i % 2 == share % 2 then mine[#mine + 1] = all[i] end
  end
  local headers = { ["Host"] = args[2], ["Authorization"] = "Bearer @" }
  for i = 4, #args, 2 do headers[args[i]] = args[i + 1] end
  before, after = string.match(wrk.format("GET", args[1], headers), "^(.*)@(.*)$")
  tokens = mine
  position = 0
end

function request()
  position = position % #tokens + 1
  return before .. tokens[position] .. after
end
