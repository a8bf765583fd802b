using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Log;

namespace Outrider.Api.Operations.Tasks;

/// <summary>What there is new of a task that is followed.</summary>
/// <param name="Task">How it stands now, if that has changed; null: as before.</param>
/// <param name="Rows">What came of its log.</param>
/// <param name="End">It is over and all is told.</param>
internal sealed record TaskFollowed(TaskRecord? Task, IReadOnlyList<LogRow> Rows, bool End = false);
