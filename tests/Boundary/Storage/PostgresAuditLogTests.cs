using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

[Collection(PostgresGroup.Name)]
public sealed class PostgresAuditLogTests(PostgresFixture server) : SharedAuditLogConformance(server);
