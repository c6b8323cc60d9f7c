package io.pakaura.service;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;

/**
 * Where a request's Vert.x context keeps its {@link Correlation}. A provider, because a context reserves room only for
 * the locals that were registered before Vert.x began: loading this class is all that it has to do.
 */
public final class CorrelationLocal implements VertxServiceProvider {
    static final ContextLocal<Correlation> CURRENT = ContextLocal.registerLocal(Correlation.class);

    @Override
    public void init(VertxBootstrap bootstrap) {}
}
