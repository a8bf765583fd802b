using Outrider.Grains.Tenancy;

namespace Outrider.Grains.People;

/// <summary>A user in the directory: what must be known of all to decide on one.</summary>
public sealed record UserEntry(string Name, Role Role, bool Enabled, string? Identity);
