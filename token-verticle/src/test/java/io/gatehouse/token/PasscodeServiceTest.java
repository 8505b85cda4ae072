package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.EnrolmentStatement;
import io.gatehouse.common.message.PasscodeChallenge;
import io.gatehouse.common.message.PasscodeStatement;
import io.gatehouse.common.message.Passcodes;
import io.gatehouse.common.message.Passcodes.Made;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PasscodeServiceTest {
    private static final String SUBJECT = "subject-1";
    private static final Instant ENROLLED = Instant.parse("2026-05-01T00:00:00Z");
    private static final Secret SALT = Secret.of("salt");

    private static TokenNode node;

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @AfterEach
    void rewind() {
        node.now = TokenNode.NOW;
    }

    @Test
    void confirm_statesASecretOfWhichACodeWasShown() {
        Made made = make(SUBJECT);
        EnrolmentStatement stated = confirmed(made, SUBJECT, code(made)).read(EnrolmentStatement.class);
        assertThat(stated.tenant()).isEqualTo("main");
        assertThat(stated.subject()).isEqualTo(SUBJECT);
        assertThat(stated.step()).isEqualTo(Totp.step(node.now));
        assertThat(stated.expiresAt()).isEqualTo(node.now.plusSeconds(5));
        assertThat(made.secret().reveal()).matches("[A-Z2-7]{32}");
        assertThat(make(SUBJECT).secret()).isNotEqualTo(made.secret());
    }

    @Test
    void confirm_refusesAnotherCodeAndAnotherUsersSecret() {
        Made made = make(SUBJECT);
        assertThat(confirmed(made, SUBJECT, code(make(SUBJECT)))).isNull();
        assertThat(refusal(new Passcodes.Confirm("main", "subject-2", made.sealed(), code(made))))
                .isEqualTo(Code.INVALID_REQUEST);
        assertThat(refusal(new Passcodes.Confirm("acme", SUBJECT, made.sealed(), code(made))))
                .isEqualTo(Code.INVALID_REQUEST);
    }

    @Test
    void check_statesTheStepOfTheCode() {
        Made made = make(SUBJECT);
        Sealed enrolled = enrolled(made);
        node.now = node.now.plusSeconds(30);
        Secret code = code(made);
        PasscodeStatement stated =
                check(challenge(node.attestor, enrolled, code), code).read(PasscodeStatement.class);
        assertThat(stated)
                .isEqualTo(
                        new PasscodeStatement("main", SUBJECT, ENROLLED, Totp.step(node.now), node.now.plusSeconds(5)));
        Secret wrong = code(make(SUBJECT));
        assertThat(check(challenge(node.attestor, enrolled, wrong), wrong)).isNull();
    }

    @Test
    void check_needsTheStoresLeaveForThisVeryCode() {
        Made made = make(SUBJECT);
        Sealed enrolled = enrolled(made);
        Secret code = code(made);
        Secret other = Secret.of("000000");
        assertThat(refusal(asked(challenge(node.attestor, enrolled, other), code)))
                .as("another guess")
                .isEqualTo(Code.ACCESS_DENIED);
        Attestor forger = new Attestor(Bytes.utf8("not the key that the store has too"));
        assertThat(refusal(asked(challenge(forger, enrolled, code), code)))
                .as("forged")
                .isEqualTo(Code.ACCESS_DENIED);
        Attestation challenge = challenge(node.attestor, enrolled, code);
        assertThat(refusal(new Passcodes.Check("acme", challenge, SALT, code)))
                .as("another tenant's")
                .isEqualTo(Code.ACCESS_DENIED);
        node.now = node.now.plusSeconds(5);
        assertThat(node.refusal(asked(challenge, code))).as("over").isInstanceOf(OAuthError.Unavailable.class);
    }

    /** Without the store's leave nobody may try codes on an enrolled secret, though the box of it passes by. */
    @Test
    void confirm_opensNoEnrolledSecret() {
        Made made = make(SUBJECT);
        assertThat(refusal(new Passcodes.Confirm("main", SUBJECT, enrolled(made), code(made))))
                .isEqualTo(Code.INVALID_REQUEST);
    }

    private static Made make(String subject) {
        return node.ask(new Passcodes.Make("main", subject));
    }

    private static Secret code(Made made) {
        return Secret.of(Totp.code(decoded(made.secret().reveal()), Totp.step(node.now)));
    }

    private static Bytes decoded(String base32) {
        return Bytes.of(new java.math.BigInteger(
                                base32.chars()
                                        .mapToObj(c -> Integer.toString(
                                                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c) + 32, 2)
                                                .substring(1))
                                        .reduce("1", String::concat),
                                2)
                        .toByteArray())
                .slice(1, 21);
    }

    private static @Nullable Attestation confirmed(Made made, String subject, Secret code) {
        return node.ask(new Passcodes.Confirm("main", subject, made.sealed(), code))
                .enrolment();
    }

    private static Sealed enrolled(Made made) {
        return confirmed(made, SUBJECT, code(made))
                .read(EnrolmentStatement.class)
                .secret();
    }

    private static Attestation challenge(Attestor attestor, Sealed secret, Secret code) {
        Digest guess = Digest.of(SALT.value().plus(code.value()));
        return attestor.attest(
                new PasscodeChallenge("main", SUBJECT, ENROLLED, secret, guess, node.now.plusSeconds(5)));
    }

    private static Passcodes.Check asked(Attestation challenge, Secret code) {
        return new Passcodes.Check("main", challenge, SALT, code);
    }

    private static @Nullable Attestation check(Attestation challenge, Secret code) {
        return node.ask(asked(challenge, code)).passcode();
    }

    private static Code refusal(Passcodes<?> request) {
        return ((OAuthError.Protocol) node.refusal(request)).code();
    }
}
