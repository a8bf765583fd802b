namespace Outrider.Grains.Files;

/// <summary>The right to read one file for a while.</summary>
/// <param name="Tenant">Whose file it is.</param>
/// <param name="Agent">The agent that may; null: whoever has the grant.</param>
/// <param name="File">The file's id.</param>
/// <param name="ExpiresAt">Until when, in whole seconds.</param>
public sealed record FileGrant(string Tenant, string? Agent, string File, DateTimeOffset ExpiresAt);
