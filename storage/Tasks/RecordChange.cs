using Outrider.Grains.Runtime;

namespace Outrider.Storage.Tasks;

/// <summary>A record that is added or replaced.</summary>
/// <param name="Row">As it shall be.</param>
/// <param name="Known">The revision that is replaced; null: it is added.</param>
internal sealed record RecordChange(RecordTable Table, RecordRow Row, long? Known)
{
    /// <summary>Why it can't be: the stored record is another one.</summary>
    public StateConflictException Conflict => new(Known is null
        ? $"There is a {Table.What} {Row.Id} already."
        : $"The {Table.What} {Row.Id} hasn't revision {Known} any more, or is gone.");
}
