using System.Data.Common;
using Outrider.Grains.Files;
using Outrider.Storage.State;

namespace Outrider.Storage.Files;

/// <summary>A file in a table: what is asked for, and the whole as JSON. Times are in ticks (100 ns) since year 1, UTC.</summary>
/// <param name="Search">The name in lower case, for patterns.</param>
internal sealed record FileRow(string Tenant, string Id, string Sha256, string Kind, string Search, long Created, byte[] Body)
{
    public static IReadOnlyList<string> Keys { get; } = ["tenant", "id"];

    public static IReadOnlyList<string> Columns { get; } = ["sha256", "kind", "search", "created", "body"];

    /// <summary>In the order of <see cref="Keys"/> and <see cref="Columns"/>.</summary>
    public object?[] Values => [Tenant, Id, Sha256, Kind, Search, Created, Body];

    public static FileRow Of(string tenant, StoredFile file) => new(
        tenant, file.Id, file.Sha256, file.Kind.ToString(), file.Name.ToLowerInvariant(), file.CreatedAt.UtcTicks, StateJson.Write(file));

    /// <summary>The file of a row of <see cref="FileSql"/>.</summary>
    public static StoredFile Read(DbDataReader row) => StateJson.Read<StoredFile>(row.GetFieldValue<byte[]>(0), "file");
}
