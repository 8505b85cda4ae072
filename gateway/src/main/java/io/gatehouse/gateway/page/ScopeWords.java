package io.gatehouse.gateway.page;

import io.gatehouse.common.config.ScopeConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What scopes allow, in words: the operator's, where there are some, else ours. */
final class ScopeWords {
    private final Map<String, ScopeConfig> own;

    ScopeWords(List<ScopeConfig> own) {
        this.own = own.stream().collect(Collectors.toUnmodifiableMap(ScopeConfig::name, Function.identity()));
    }

    /** The value itself where nobody has words for it. */
    ScopeLine line(String value, Texts texts) {
        ScopeConfig said = own.get(value);
        return new ScopeLine(value, said == null ? texts.scope(value) : said.in(texts.language()));
    }
}
