-- Asks Gatehouse whether a request may go on, and tells the upstream who sent it. Nothing of the client's reaches Gatehouse but
-- what is named here.
--   txn.gatehouse.status     200: it may go on; 401, 403; anything else: nobody could tell
--   txn.gatehouse.challenge  WWW-Authenticate, of a 401
local ASK = os.getenv("GATEHOUSE_ASK")
local HOP = os.getenv("GATEHOUSE_HOP")
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
        ["x-original-proto"] = { txn.sf:ssl_fc() == 1 and "https" or "http" },
    }
    local proof = txn.sf:req_fhdr("dpop")
    if proof and proof ~= "" then
        asked["dpop"] = { proof }
    end
    local authorization = txn.sf:req_fhdr("authorization")
    if authorization and authorization ~= "" then
        asked["authorization"] = { authorization }
    end
    local answer = core.httpclient():get({ url = ASK, headers = asked, timeout = 5000 })
    if not answer or not answer.status then
        return
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
