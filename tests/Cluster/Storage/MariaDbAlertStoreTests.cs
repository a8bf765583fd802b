using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Cluster.Storage;

[Collection(MariaDbGroup.Name)]
public sealed class MariaDbAlertStoreTests(MariaDbFixture server) : SharedAlertStoreConformance(server);
