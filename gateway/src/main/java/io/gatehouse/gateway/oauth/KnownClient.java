package io.gatehouse.gateway.oauth;

import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.model.Client;

/** A client as the store described it a moment ago. */
record KnownClient(Client client, Attestation statement) {}
