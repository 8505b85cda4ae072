package io.gatehouse.deploy.flow;

import org.junit.platform.suite.api.ConfigurationParameter;

/** The flows on PostgreSQL with Redis. */
@EveryFlow
@ConfigurationParameter(key = BackEnd.PARAMETER, value = "redis")
class FlowsOnRedisTest {}
