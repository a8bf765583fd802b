using Outrider.Silo.OrleansClient.Observers;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>Which Orleans interface stands for which contract. The same on every silo and every client of a cluster.</summary>
public sealed class ContractBindings
{
    private readonly Dictionary<Type, Func<IGrainFactory, string, object>> _grains = [];
    private readonly Dictionary<Type, object> _observers = [];

    /// <summary>The contracts of the centre.</summary>
    public static ContractBindings Create() => new ContractBindings()
        .Grain<Grains.Tenancy.ITenant, ITenantGrain>()
        .Grain<Grains.Tenancy.ITenantDirectory, ITenantDirectoryGrain>()
        .Grain<Grains.People.IUser, IUserGrain>()
        .Grain<Grains.People.IUserDirectory, IUserDirectoryGrain>()
        .Grain<Grains.Agents.IAgent, IAgentGrain>()
        .Grain<Grains.Agents.IAgentDirectory, IAgentDirectoryGrain>()
        .Grain<Grains.Diagnosis.IDiagnosis, IDiagnosisGrain>()
        .Grain<Grains.Alerts.IAlertSettings, IAlertSettingsGrain>()
        .Grain<Grains.Alerts.IAlertEvaluation, IAlertEvaluationGrain>()
        .Grain<Grains.Alerts.IExpressionEvaluation, IExpressionEvaluationGrain>()
        .Grain<Grains.Alerts.IAlertRule, IAlertRuleGrain>()
        .Grain<Grains.Notifications.IChannel, IChannelGrain>()
        .Grain<Grains.Notifications.IChannelSender, IChannelSenderGrain>()
        .Grain<Grains.Secrets.ISecrets, ISecretsGrain>()
        .Grain<Grains.Tasks.IAgentTask, IAgentTaskGrain>()
        .Grain<Grains.Tasks.IAgentTasks, IAgentTasksGrain>()
        .Grain<Grains.Tasks.IFanout, IFanoutGrain>()
        .Grain<Grains.Tasks.ITaskSettings, ITaskSettingsGrain>()
        .Observer<Grains.Agents.IAgentLink, IAgentLinkObserver>(links => new AgentLinkObserver(links), (holder, link) => new AgentLinkReference(holder, link))
        .Observer<Grains.Tasks.ITaskWatcher, ITaskWatcherObserver>(
            watchers => new TaskWatcherObserver(watchers), (holder, watcher) => new TaskWatcherReference(holder, watcher))
        .Observer<Grains.Mcp.IMcpStream, IMcpStreamObserver>(streams => new McpStreamObserver(streams), (holder, stream) => new McpStreamReference(holder, stream))
        .Observer<Grains.Diagnosis.IDiagnosisProgress, IDiagnosisProgressObserver>(
            watchers => new DiagnosisProgressObserver(watchers), (holder, watcher) => new DiagnosisProgressReference(holder, watcher));

    public ContractBindings Grain<TContract, TGrain>() where TContract : class where TGrain : TContract, IGrainWithStringKey
    {
        _grains.Add(typeof(TContract), static (factory, key) => factory.GetGrain<TGrain>(key));
        return this;
    }

    /// <param name="hold">Makes the one object of this process that Orleans calls for all local objects of the contract.</param>
    /// <param name="reach">Makes a caller's end: the holding process's object and the local object's id there.</param>
    public ContractBindings Observer<TContract, TObserver>(Func<LocalObjects<TContract>, TObserver> hold, Func<TObserver, string, TContract> reach)
        where TContract : class, Grains.Runtime.IGrainObserver where TObserver : class, IGrainObserver
    {
        _observers.Add(typeof(TContract), new ObserverBinding<TContract, TObserver>(hold, reach));
        return this;
    }

    internal object Grain<TContract>(IGrainFactory factory, string key) => _grains.TryGetValue(typeof(TContract), out var get)
        ? get(factory, key)
        : throw Unbound<TContract>();

    internal IObserverBinding<TContract> Observer<TContract>() where TContract : class, Grains.Runtime.IGrainObserver =>
        _observers.TryGetValue(typeof(TContract), out var binding) ? (IObserverBinding<TContract>)binding : throw Unbound<TContract>();

    private static InvalidOperationException Unbound<TContract>() =>
        new($"{typeof(TContract).Name} isn't bound. Give it an Orleans interface in {nameof(ContractBindings)}.");
}
