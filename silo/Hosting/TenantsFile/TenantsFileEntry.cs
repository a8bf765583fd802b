using Outrider.Grains.Tenancy;

namespace Outrider.Silo.Hosting.TenantsFile;

/// <summary>One tenant of the file. The agent's token stays in the file: nothing here needs it.</summary>
public sealed record TenantsFileEntry(string Id, TenantProfile Profile);
