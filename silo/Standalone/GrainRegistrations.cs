using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Metrics;
using Outrider.Grains.Notifications;
using Outrider.Grains.People;
using Outrider.Grains.Secrets;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tenancy;
using Outrider.Silo.Embedded;

namespace Outrider.Silo.Standalone;

/// <summary>Which grains a centre has. Their names stand in the store and never change.</summary>
public static class GrainRegistrations
{
    /// <param name="services">Where the grains find stores and what else they need.</param>
    public static GrainRegistry Create(IServiceProvider services) => new GrainRegistry()
        .Add<ITenant>("tenant", a => new Tenant(a.Context, a.State<TenantState>()))
        .Add<ITenantDirectory>("tenant_directory", a => new TenantDirectory(a.Context, a.State<TenantDirectoryState>()))
        .Add<IUser>("user", a => new User(a.Context, a.State<UserState>()))
        .Add<IUserDirectory>("user_directory", a => new UserDirectory(a.Context, a.State<UserDirectoryState>()))
        .Add<IAgent>("agent", a => new Agent(a.Context, a.State<AgentState>(), Need<IMetricStore>(services)))
        .Add<IAgentDirectory>("agent_directory", a => new AgentDirectory(a.Context, a.State<AgentDirectoryState>()))
        .Add<IDiagnosis>("diagnosis", a => new Diagnosis(a.Context, Need<IReportStore>(services)))
        .Add<IAlertSettings>("alert_settings", a => new AlertSettings(a.Context, a.State<AlertSettingsState>()))
        .Add<IAlertEvaluation>("alert_evaluation", a => new AlertEvaluation(
            a.Context, a.State<AlertEvaluationState>(), Need<IMetricStore>(services), Need<AlertMetrics>(services)))
        .Add<IExpressionEvaluation>("expression_evaluation", a => new ExpressionEvaluation(
            a.Context, a.State<ExpressionEvaluationState>(), Need<IMetricStore>(services), Need<AlertMetrics>(services)))
        .Add<IAlertRule>("alert_rule", a => new AlertRule(a.Context, Need<IAlertStore>(services)))
        .Add<IChannel>("channel", a => new Channel(a.Context, Need<IAlertStore>(services)))
        .Add<IChannelSender>("channel_sender", a => new ChannelSender(a.Context, Need<INotifier>(services), Need<AlertMetrics>(services)))
        .Add<ISecrets>("secrets", a => new Secrets(a.Context, a.State<SecretsState>(), Need<ISecretSealer>(services)))
        .Add<ITaskSettings>("task_settings", a => new TaskSettings(a.Context, a.State<TaskSettingsState>()))
        .Add<IAgentTask>("agent_task", a => new AgentTask(a.Context, Need<ITaskStore>(services), Need<ITaskFiles>(services)))
        .Add<IAgentTasks>("agent_tasks", a => new AgentTasks(a.Context, Need<ITaskStore>(services)))
        .Add<IFanout>("fanout", a => new Fanout(a.Context, Need<ITaskStore>(services)));

    private static T Need<T>(IServiceProvider services) where T : notnull => services.GetRequiredService<T>();
}
