using System.Globalization;
using System.Reflection;

namespace Outrider.Storage.Shared;

/// <summary>
/// The tables of one part of the shared database (audit, reports, what the actor system needs, …) for one dialect. A part at version n
/// has run the first n scripts; each part counts for itself.
/// </summary>
/// <param name="Name">The part's name, at most 100 characters; never changes.</param>
/// <param name="Versions">SQL scripts, oldest first. One that was released is never edited: append another.</param>
public sealed record SchemaPart(string Name, IReadOnlyList<string> Versions)
{
    /// <summary>
    /// Reads a part from embedded resources with the logical names <c>{name}.{version}.{dialect}.sql</c>, versions counted from 1:
    /// <c>audit.1.mysql.sql</c>, <c>audit.1.postgres.sql</c>, <c>audit.2.mysql.sql</c>, …
    /// </summary>
    /// <exception cref="ArgumentException">The assembly has no version 1 of it.</exception>
    public static SchemaPart Read(Assembly assembly, string name, SqlDialect dialect)
    {
        var versions = new List<string>();
        while (Script(assembly, string.Create(CultureInfo.InvariantCulture, $"{name}.{versions.Count + 1}.{dialect.Name}.sql")) is { } script)
            versions.Add(script);
        return versions.Count > 0
            ? new SchemaPart(name, versions)
            : throw new ArgumentException($"{assembly.GetName().Name} has no resource {name}.1.{dialect.Name}.sql.", nameof(name));
    }

    private static string? Script(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
