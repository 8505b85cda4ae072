package io.gatehouse.gateway.page;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AuthorizationResponse;
import io.gatehouse.gateway.oauth.SignedResponses;
import io.gatehouse.gateway.page.html.Jteform_postGenerated;
import io.vertx.core.Future;

/** Takes an answer to its client, signed where that was asked for: by a redirect, or by a form that the browser posts. */
final class AnswerPage {
    private final Pages pages;
    private final SignedResponses responses;
    private final SignedErrors errors;

    AnswerPage(Pages pages, SignedResponses responses, SignedErrors errors) {
        this.pages = pages;
        this.responses = responses;
        this.errors = errors;
    }

    /** @param status of a redirect: 302 after GET, 303 after POST */
    Future<Reply> reply(Exchange exchange, AuthorizationResponse response, int status) {
        try {
            errors.admit(exchange, response);
        } catch (RuntimeException tooMany) {
            return Future.failedFuture(tooMany);
        }
        return responses.of(exchange.tenant(), response).compose(answer -> carried(exchange, answer, status));
    }

    private Future<Reply> carried(Exchange exchange, AuthorizationResponse response, int status) {
        return switch (response.mode()) {
            case QUERY, QUERY_JWT ->
                redirect(response, status, response.redirectUri().indexOf('?') < 0 ? '?' : '&');
            case FRAGMENT, FRAGMENT_JWT -> redirect(response, status, '#');
            case FORM_POST, FORM_POST_JWT -> formPost(exchange, response);
        };
    }

    private static Future<Reply> redirect(AuthorizationResponse response, int status, char first) {
        StringBuilder location = new StringBuilder(256).append(response.redirectUri());
        char separator = first;
        for (var parameter : response.parameters().entrySet()) {
            location.append(separator)
                    .append(parameter.getKey())
                    .append('=')
                    .append(FormBody.encode(parameter.getValue()));
            separator = '&';
        }
        return Future.succeededFuture(Reply.redirect(status, location.toString()));
    }

    private Future<Reply> formPost(Exchange exchange, AuthorizationResponse response) {
        FormPostView view = new FormPostView(response.redirectUri(), response.parameters());
        return pages.look(exchange).map(look -> {
            Frame frame = look.frame(look.texts().get("form_post.title"));
            return look.page(
                    200, response.redirectUri(), true, out -> Jteform_postGenerated.render(out, null, frame, view));
        });
    }
}
