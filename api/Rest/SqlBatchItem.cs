using Outrider.Api.Problems;

namespace Outrider.Api.Rest;

/// <summary>One statement's answer in a batch: the members of <see cref="SqlRows"/> if it is ok, else the problem.</summary>
public sealed record SqlBatchItem(
    bool Ok,
    List<SqlColumn>? Columns,
    List<List<object?>>? Rows,
    int? RowCount,
    string? TruncatedBy,
    double? ElapsedMs,
    ProblemView? Problem);
