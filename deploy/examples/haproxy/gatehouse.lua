-- Asks Gatehouse whether a request may go on, and tells the upstream who sent it. Nothing of the client's reaches Gatehouse but
-- what is named here.
--   txn.gatehouse.status     200: it may go on; 401, 403; anything else: nobody could tell
--   txn.gatehouse.challenge  WWW-Authenticate, of a 401
--   txn.gatehouse.login      with a 401: where a browser is to log in, if it can
--   txn.gatehouse.cookie     Set-Cookie, if there is one
local ASK = os.getenv("GATEHOUSE_ASK")
local HOP = os.getenv("GATEHOUSE_HOP")
-- Who is logged in, whether a page is wanted, and whether a page of another site sends the request.
local ASKED = {
    "authorization", "cookie", "accept", "accept-language", "x-requested-with", "origin", "sec-fetch-site",
    "sec-fetch-mode", "sec-websocket-key",
}
local TOLD = {
    "X-Gatehouse-Subject", "X-Gatehouse-Subject-Type", "X-Gatehouse-Client", "X-Gatehouse-Scope", "X-Gatehouse-Roles",
    "X-Gatehouse-Assertion",
}

local function first(headers, name)
    local lines = headers and headers[name:lower()]
    if type(lines) == "table" then
        return lines[0] or lines[1]
    end
    return lines
end

core.register_action("gatehouse-ask", { "http-req" }, function(txn)
    txn:set_var("txn.gatehouse.status", 503)
    local asked = {
        ["x-gatehouse-hop"] = { HOP },
        ["x-original-method"] = { txn.sf:method() },
        ["x-original-host"] = { txn.sf:req_fhdr("host") },
        ["x-original-uri"] = { txn.sf:pathq() },
        -- For rates per address: it counts where server.trusted_proxies of Gatehouse lists this machine.
        ["x-forwarded-for"] = { txn.sf:src() },
    }
    for _, name in ipairs(ASKED) do
        local value = txn.sf:req_fhdr(name)
        if value and value ~= "" then
            asked[name] = { value }
        end
    end
    local answer = core.httpclient():get({ url = ASK, headers = asked, timeout = 5000 })
    if not answer or not answer.status then
        return
    end
    local cookie = first(answer.headers, "set-cookie")
    if cookie and cookie ~= "" then
        txn:set_var("txn.gatehouse.cookie", cookie)
    end
    local login = first(answer.headers, "location")
    if answer.status == 401 and login and login ~= "" then
        txn:set_var("txn.gatehouse.login", login)
    end
    if answer.status == 401 then
        txn:set_var("txn.gatehouse.challenge", first(answer.headers, "www-authenticate") or "Bearer")
    elseif answer.status == 200 then
        for _, name in ipairs(TOLD) do
            local value = first(answer.headers, name)
            if value and value ~= "" then
                txn.http:req_set_header(name, value)
            end
        end
    end
    txn:set_var("txn.gatehouse.status", answer.status)
end, 0)
