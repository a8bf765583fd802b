using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Cluster.Storage;

[Collection(MariaDbGroup.Name)]
public sealed class MariaDbTaskStoreTests(MariaDbFixture server) : SharedTaskStoreConformance(server);
