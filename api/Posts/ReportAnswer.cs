using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Posts;

/// <summary>The answer to a report: it is stored for good.</summary>
/// <param name="Accepted">Samples stored now; of a duplicate 0.</param>
/// <param name="Duplicate">It was stored before.</param>
/// <param name="LeftOut">Why a part was left out (<c>series_limit</c>); null: nothing was.</param>
/// <param name="Config">What the agent shall keep to now.</param>
public sealed record ReportAnswer(int Accepted, bool Duplicate, Problem? LeftOut, LinkConfig Config);
