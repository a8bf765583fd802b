using System.Collections.Frozen;
using System.Globalization;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Problems;

/// <summary>The one table from problem code to HTTP status.</summary>
public static class ProblemStatuses
{
    private static readonly FrozenDictionary<string, int> s_statuses = new Dictionary<string, int>
    {
        [ProblemCodes.InvalidArgument] = 400,
        [ProblemCodes.BatchInvalid] = 400,
        [ProblemCodes.Unauthenticated] = 401,
        [ProblemCodes.SessionOver] = 401,
        [ProblemCodes.InvitationRefused] = 403,
        [ProblemCodes.Forbidden] = 403,
        [ProblemCodes.TenantMismatch] = 403,
        [ProblemCodes.TenantDisabled] = 403,
        [ProblemCodes.EnrolmentRefused] = 403,
        [ProblemCodes.AgentRevoked] = 403,
        [ProblemCodes.NotFound] = 404,
        [ProblemCodes.TenantNotFound] = 404,
        [ProblemCodes.AgentNotFound] = 404,
        [ProblemCodes.ExpertNotFound] = 404,
        [ProblemCodes.ReportNotFound] = 404,
        [ProblemCodes.MetricNotFound] = 404,
        [ProblemCodes.RuleNotFound] = 404,
        [ProblemCodes.AlertNotFound] = 404,
        [ProblemCodes.SilenceNotFound] = 404,
        [ProblemCodes.ChannelNotFound] = 404,
        [ProblemCodes.SecretNotFound] = 404,
        [ProblemCodes.TaskNotFound] = 404,
        [ProblemCodes.FanoutNotFound] = 404,
        [ProblemCodes.FileNotFound] = 404,
        [ProblemCodes.MethodNotAllowed] = 405,
        [ProblemCodes.Conflict] = 409,
        [ProblemCodes.AgentOffline] = 409,
        [ProblemCodes.AgentExists] = 409,
        [ProblemCodes.AgentConnected] = 409,
        [ProblemCodes.AgentLacksCapability] = 409,
        [ProblemCodes.DatabaseNotConfigured] = 409,
        [ProblemCodes.ExpertNotApplicable] = 409,
        [ProblemCodes.TaskLost] = 409,
        [ProblemCodes.ApprovalRefused] = 409,
        [ProblemCodes.ApprovalExpired] = 409,
        [ProblemCodes.PayloadTooLarge] = 413,
        [ProblemCodes.UnsupportedMediaType] = 415,
        [ProblemCodes.SqlRefused] = 422,
        [ProblemCodes.SqlFailed] = 422,
        [ProblemCodes.QueryFailed] = 422,
        [ProblemCodes.NoAgentMatches] = 422,
        [ProblemCodes.PolicyRefused] = 422,
        [ProblemCodes.CommandFailed] = 422,
        [ProblemCodes.ConnectionNotConfigured] = 422,
        [ProblemCodes.FileInvalid] = 422,
        [ProblemCodes.RateLimited] = 429,
        [ProblemCodes.QuotaExceeded] = 429,
        [ProblemCodes.SeriesLimit] = 429,
        // Nobody reads this one: the caller has gone. The number is nginx's.
        [ProblemCodes.Canceled] = 499,
        [ProblemCodes.Internal] = 500,
        [ProblemCodes.LinkLost] = 502,
        [ProblemCodes.DatabaseUnreachable] = 502,
        [ProblemCodes.Unavailable] = 503,
        [ProblemCodes.AgentBusy] = 503,
        [ProblemCodes.TimedOut] = 504,
    }.ToFrozenDictionary();

    /// <summary>The codes that REST answers with; those that only the link knows aren't among them.</summary>
    public static IReadOnlyCollection<string> Codes => s_statuses.Keys;

    /// <summary>The status of a code; 500 for one that has no business here.</summary>
    public static int Of(string code) => s_statuses.GetValueOrDefault(code, 500);

    /// <summary>The stable <c>type</c> of a code (RFC 9457).</summary>
    public static string TypeOf(string code) => $"urn:outrider:problem:{code}";

    /// <summary>The code for people: <c>agent_offline</c> is "Agent offline".</summary>
    public static string TitleOf(string code) =>
        string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(code[0])}{code[1..].Replace('_', ' ')}");
}
