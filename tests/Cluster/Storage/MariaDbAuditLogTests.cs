using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Cluster.Storage;

[Collection(MariaDbGroup.Name)]
public sealed class MariaDbAuditLogTests(MariaDbFixture server) : SharedAuditLogConformance(server);
