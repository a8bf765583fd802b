namespace Outrider.Protocol.Outcomes;

/// <summary>Every problem code Outrider answers with. Clients branch on these, so they never change their meaning.</summary>
public static class ProblemCodes
{
    public const string InvalidArgument = "invalid_argument";
    public const string NotFound = "not_found";
    public const string Conflict = "conflict";
    public const string Unauthenticated = "unauthenticated";
    public const string SessionOver = "session_over";
    public const string InvitationRefused = "invitation_refused";
    public const string Forbidden = "forbidden";
    public const string RateLimited = "rate_limited";
    public const string QuotaExceeded = "quota_exceeded";
    public const string PayloadTooLarge = "payload_too_large";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string TimedOut = "timed_out";
    public const string Canceled = "canceled";
    public const string Internal = "internal";
    public const string Unavailable = "unavailable";

    public const string TenantNotFound = "tenant_not_found";
    public const string TenantDisabled = "tenant_disabled";
    public const string TenantMismatch = "tenant_mismatch";

    public const string AgentNotFound = "agent_not_found";
    public const string AgentOffline = "agent_offline";
    public const string AgentBusy = "agent_busy";
    public const string AgentExists = "agent_exists";
    public const string AgentConnected = "agent_connected";
    public const string AgentRevoked = "agent_revoked";
    public const string AgentLacksCapability = "agent_lacks_capability";
    public const string EnrolmentRefused = "enrolment_refused";
    public const string LinkLost = "link_lost";

    public const string SqlRefused = "sql_refused";
    public const string SqlFailed = "sql_failed";
    public const string DatabaseUnreachable = "database_unreachable";
    public const string DatabaseNotConfigured = "database_not_configured";

    public const string ExpertNotFound = "expert_not_found";
    public const string ExpertNotApplicable = "expert_not_applicable";
    public const string ReportNotFound = "report_not_found";

    public const string TaskNotFound = "task_not_found";
    public const string NoAgentMatches = "no_agent_matches";
    public const string FanoutNotFound = "fanout_not_found";
    public const string FileNotFound = "file_not_found";
    public const string PolicyRefused = "policy_refused";
    public const string CommandFailed = "command_failed";
    public const string ConnectionNotConfigured = "connection_not_configured";
    public const string TaskLost = "task_lost";
    public const string ApprovalRefused = "approval_refused";
    public const string ApprovalExpired = "approval_expired";
    public const string FileInvalid = "file_invalid";

    public const string BatchInvalid = "batch_invalid";
    public const string SeriesLimit = "series_limit";
    public const string QueryFailed = "query_failed";
    public const string MetricNotFound = "metric_not_found";

    public const string RuleNotFound = "rule_not_found";
    public const string AlertNotFound = "alert_not_found";
    public const string SilenceNotFound = "silence_not_found";
    public const string ChannelNotFound = "channel_not_found";
    public const string SecretNotFound = "secret_not_found";

    // On the link only: the frame or the conversation is wrong, and the link is closed.
    public const string FrameTooLarge = "frame_too_large";
    public const string FrameMalformed = "frame_malformed";
    public const string FrameUnknownType = "frame_unknown_type";
    public const string FrameOutOfOrder = "frame_out_of_order";
    public const string ProtocolVersion = "protocol_version";
    public const string LinkStalled = "link_stalled";
}
