using Outrider.Protocol.Rows;

namespace Outrider.Grains.Diagnosis;

/// <summary>A column in an evidence bundle.</summary>
/// <param name="Name">As the database gave it.</param>
/// <param name="Kind">The number of its <see cref="ColumnKind"/>.</param>
/// <param name="Type">The database's name of its type.</param>
internal sealed record BundleColumn(string Name, int Kind, string Type)
{
    public static BundleColumn Of(RowSetColumn column) => new(column.Name, (int)column.Kind, column.TypeName);

    public RowSetColumn ToColumn() => new(Name, (ColumnKind)Kind, Type);
}
