package io.gatehouse.deploy.flow;

import org.junit.platform.suite.api.ConfigurationParameter;

/** The flows on PostgreSQL. */
@EveryFlow
@ConfigurationParameter(key = BackEnd.PARAMETER, value = "postgres")
class FlowsOnPostgresTest {}
