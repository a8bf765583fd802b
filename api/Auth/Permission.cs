namespace Outrider.Api.Auth;

/// <summary>One thing that a caller may do, or not. Which roles may: <see cref="Permissions.Roles"/>.</summary>
public enum Permission
{
    /// <summary>See agents: their names, how they are, and their labels.</summary>
    AgentsRead,

    /// <summary>Revoke agents.</summary>
    AgentsManage,

    /// <summary>See how agents report.</summary>
    AgentSettingsRead,

    /// <summary>Change how agents report.</summary>
    AgentSettingsManage,

    /// <summary>Query, compare and export metrics; see how long they are kept.</summary>
    MetricsRead,

    /// <summary>Say how long metrics are kept, and delete an agent's.</summary>
    MetricsManage,

    /// <summary>See alerts, rules, silences, channels and what was told; try rules on the past.</summary>
    AlertsRead,

    /// <summary>Take alerts on.</summary>
    AlertsAcknowledge,

    /// <summary>Make, change, import and delete rules.</summary>
    RulesManage,

    /// <summary>Add and remove silences.</summary>
    SilencesManage,

    /// <summary>Set and delete channels.</summary>
    ChannelsManage,

    /// <summary>Send a test through a channel.</summary>
    ChannelsTest,

    /// <summary>See the names of secrets, set and delete them.</summary>
    SecretsManage,

    /// <summary>See experts and reports.</summary>
    DiagnosesRead,

    /// <summary>Have an expert diagnose.</summary>
    DiagnosesRun,

    /// <summary>Run read-only SQL.</summary>
    SqlRun,

    /// <summary>See tasks, fan-outs and their logs.</summary>
    TasksRead,

    /// <summary>Make, check and cancel tasks and fan-outs.</summary>
    TasksRun,

    /// <summary>Approve or reject the tasks and fan-outs of others.</summary>
    TasksApprove,

    /// <summary>Delete tasks with their logs.</summary>
    TasksDelete,

    /// <summary>See which tasks need approval.</summary>
    TaskSettingsRead,

    /// <summary>Say which tasks need approval.</summary>
    TaskSettingsManage,

    /// <summary>See and read files.</summary>
    FilesRead,

    /// <summary>Upload files, make links to them, and delete one's own.</summary>
    FilesManage,

    /// <summary>Delete the files of others.</summary>
    FilesDeleteAny,

    /// <summary>Read the audit: of the tenant, or the platform's own.</summary>
    AuditRead,

    /// <summary>See what the tenant is called and may use.</summary>
    TenantRead,

    /// <summary>See, issue and revoke a tenant's API keys and enrolment tokens.</summary>
    TenantCredentialsManage,

    /// <summary>See, invite, change and remove a tenant's users.</summary>
    UsersManage,

    /// <summary>List, create and change tenants.</summary>
    TenantsManage,

    /// <summary>See, invite, change and remove platform users.</summary>
    PlatformUsersManage,

    /// <summary>Look into the cluster that the centre is (the dashboard of Orleans).</summary>
    ClusterRead,
}
