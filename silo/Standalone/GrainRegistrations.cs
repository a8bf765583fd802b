using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Metrics;
using Outrider.Grains.Notifications;
using Outrider.Grains.Secrets;
using Outrider.Grains.Tenancy;
using Outrider.Silo.Embedded;

namespace Outrider.Silo.Standalone;

/// <summary>Which grains a centre has. Their names stand in the store and never change.</summary>
public static class GrainRegistrations
{
    public static GrainRegistry Create(
        IReportStore reports, IMetricStore metrics, IAlertStore alerts, INotifier notifier, ISecretSealer sealer, AlertMetrics meter) => new GrainRegistry()
        .Add<ITenant>("tenant", a => new Tenant(a.Context, a.State<TenantState>()))
        .Add<ITenantDirectory>("tenant_directory", a => new TenantDirectory(a.Context, a.State<TenantDirectoryState>()))
        .Add<IAgent>("agent", a => new Agent(a.Context, a.State<AgentState>(), metrics))
        .Add<IAgentDirectory>("agent_directory", a => new AgentDirectory(a.Context, a.State<AgentDirectoryState>()))
        .Add<IDiagnosis>("diagnosis", a => new Diagnosis(a.Context, reports))
        .Add<IAlertSettings>("alert_settings", a => new AlertSettings(a.Context, a.State<AlertSettingsState>()))
        .Add<IAlertEvaluation>("alert_evaluation", a => new AlertEvaluation(a.Context, a.State<AlertEvaluationState>(), metrics, meter))
        .Add<IExpressionEvaluation>("expression_evaluation", a => new ExpressionEvaluation(a.Context, a.State<ExpressionEvaluationState>(), metrics, meter))
        .Add<IAlertRule>("alert_rule", a => new AlertRule(a.Context, alerts))
        .Add<IChannel>("channel", a => new Channel(a.Context, alerts))
        .Add<IChannelSender>("channel_sender", a => new ChannelSender(a.Context, notifier, meter))
        .Add<ISecrets>("secrets", a => new Secrets(a.Context, a.State<SecretsState>(), sealer));
}
