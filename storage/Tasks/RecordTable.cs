namespace Outrider.Storage.Tasks;

/// <summary>A table of records with a revision each: tasks, or fan-outs.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="What">What it holds one of, for people.</param>
/// <param name="Columns">Beside <see cref="Keys"/>; the revision first.</param>
internal sealed record RecordTable(string Name, string What, IReadOnlyList<string> Columns)
{
    public static IReadOnlyList<string> Keys { get; } = ["tenant", "id"];
}
