-- One fixed form, posted again and again. Arguments: path, body, and optionally the Basic credentials (base64).
function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  if args[3] and args[3] ~= "" then wrk.headers["Authorization"] = "Basic " .. args[3] end
  request_bytes = wrk.format("POST", args[1], nil, args[2])
end

function request() return request_bytes end
