using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Notifications;
using Outrider.Grains.Runtime;
using Outrider.Grains.Secrets;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Silo.Embedded;
using Outrider.Storage.Metrics;
using Outrider.Storage.Sqlite;
using Outrider.Testing.Alerts;
using Outrider.Testing.Hosting;
using Outrider.Testing.Link;
using Outrider.Testing.Time;

namespace Outrider.Tests.Grains.Alerts;

/// <summary>A tenant whose agents post what the test says, and the grains that make alerts of it. The metric store is a real one.</summary>
internal sealed class AlertWorld : IAsyncDisposable
{
    public const string Tenant = "demo";

    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-alerts-").FullName;
    private readonly Dictionary<string, (Credential Token, ulong Seq)> _agents = [];
    private SqliteDatabase _database = null!;
    private MetricStore _metrics = null!;
    private string _token = null!;

    public TestHost Host { get; private set; } = null!;

    public MemoryAlertStore Store { get; } = new();

    public FakeTime Time => Host.Time;

    public IAlertSettings Settings => Host.Host.Grains.Get<IAlertSettings>(Tenant);

    /// <param name="notifier">Where channels send; null: what is to be told stays in the outbox.</param>
    public static async Task<AlertWorld> StartAsync(INotifier? notifier = null)
    {
        var world = new AlertWorld();
        var time = new FakeTime();
        world._database = SqliteDatabase.Open(Path.Combine(world._folder, "metrics.db"), SqliteMetricBackend.Schema);
        world._metrics = await MetricStore.OpenAsync(new SqliteMetricBackend(world._database), time);
        var registry = new GrainRegistry()
            .Add<ITenant>("tenant", a => new Tenant(a.Context, a.State<TenantState>()))
            .Add<ITenantDirectory>("tenants", a => new TenantDirectory(a.Context, a.State<TenantDirectoryState>()))
            .Add<IAgent>("agent", a => new Agent(a.Context, a.State<AgentState>(), world._metrics))
            .Add<IAgentDirectory>("agents", a => new AgentDirectory(a.Context, a.State<AgentDirectoryState>()))
            .Add<IAlertSettings>("settings", a => new AlertSettings(a.Context, a.State<AlertSettingsState>()))
            .Add<IAlertEvaluation>("evaluation", a => new AlertEvaluation(a.Context, a.State<AlertEvaluationState>(), world._metrics, AlertMeters.None))
            .Add<IExpressionEvaluation>("expression", a => new ExpressionEvaluation(a.Context, a.State<ExpressionEvaluationState>(), world._metrics, AlertMeters.None))
            .Add<IAlertRule>("rule", a => new AlertRule(a.Context, world.Store))
            .Add<IChannel>("channel", a => notifier is null ? new QuietChannel() : new Channel(a.Context, world.Store))
            .Add<IChannelSender>("sender", a => new ChannelSender(a.Context, notifier!, AlertMeters.None))
            .Add<ISecrets>("secrets", _ => new NoSecrets());
        world.Host = await TestHost.StartAsync(registry, time);
        world._token = await world.Host.Host.CreateTenantAsync(Tenant);
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _metrics.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public IAlertEvaluation Evaluation(string agent) => Host.Host.Grains.Get<IAlertEvaluation>(GrainKeys.Join(Tenant, agent));

    public IAlertRule Rule(string rule) => Host.Host.Grains.Get<IAlertRule>(GrainKeys.Join(Tenant, rule));

    public IAgent Agent(string agent) => Host.Host.Grains.Get<IAgent>(GrainKeys.Join(Tenant, agent));

    /// <summary>A rule that every value above 80 of <c>load</c> fires.</summary>
    public async Task<RuleDefinition> AddRuleAsync(Func<RuleDefinition, RuleDefinition>? change = null)
    {
        var rule = new RuleDefinition { Id = "high", Name = "Load is high", Metric = "load", Threshold = 80 };
        var saved = await Settings.SetRuleAsync(change?.Invoke(rule) ?? rule, null);
        return saved.Ok ? saved.Value : throw new InvalidOperationException(saved.Problem.Message);
    }

    public async Task AddChannelAsync(string name = "ops", Func<ChannelDefinition, ChannelDefinition>? change = null)
    {
        var channel = new ChannelDefinition { Name = name, Type = ChannelType.Webhook, Url = "http://127.0.0.1:9/", Default = true };
        var saved = await Settings.SetChannelAsync(change?.Invoke(channel) ?? channel, null);
        Assert.True(saved.Ok, saved.Problem?.Message);
    }

    /// <summary>Posts values of <c>load</c>, which is evaluated when this returns.</summary>
    public Task MeasureAsync(string agent, params double[] values) =>
        ReportAsync(agent, values.Select(value => (new Series("load"), value)), null);

    public async Task ReportAsync(string agent, IEnumerable<(Series Series, double Value)> values, ProcessTable? processes)
    {
        var time = await StoreAsync(agent, values, processes);
        await UntilAsync(async () => (await Evaluation(agent).GetAsync()) is { EvaluatedTo: { } to } && to.ToUnixTimeMilliseconds() >= time);
    }

    /// <summary>Posts values, which are in the store when this returns. An evaluation of the agent may not have seen them yet.</summary>
    /// <returns>The time they bear, in milliseconds since 1970.</returns>
    public async Task<long> StoreAsync(string agent, IEnumerable<(Series Series, double Value)> values, ProcessTable? processes = null)
    {
        await EnrolAsync(agent);
        var time = Time.GetUtcNow().ToUnixTimeMilliseconds();
        var seq = _agents[agent].Seq + 1;
        _agents[agent] = (_agents[agent].Token, seq);
        var batch = new MetricBatch("b", seq, [.. values.Select(one => new SeriesSamples(one.Series, [new Sample(time, one.Value)]))], processes);
        var posted = await PostAsync(agent, batch);
        Assert.True(posted.Ok, posted.Problem?.Message);
        return time;
    }

    public Task<Outcome<AgentPosted>> PostAsync(string agent, MetricBatch batch) =>
        Agent(agent).PostAsync("h-" + agent, MetricBatchCodec.Encode(batch).Value!);

    /// <summary>Lets time pass in steps in which everybody posts nothing but a sign of life.</summary>
    public async Task PassAsync(TimeSpan time, params string[] alive)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(10))
        {
            Time.Advance(left < TimeSpan.FromSeconds(10) ? left : TimeSpan.FromSeconds(10));
            foreach (var agent in alive)
                Assert.True((await Agent(agent).PostAsync("h-" + agent, null)).Ok);
        }
    }

    public async Task EnrolAsync(string agent)
    {
        if (_agents.ContainsKey(agent))
            return;
        Assert.True(Credential.TryParse(_token, out var token));
        _agents[agent] = (token, 0);
        var registered = await Agent(agent).RegisterAsync(new AgentHello
        {
            Agent = agent, CredentialHash = "h-" + agent, TokenId = token.Id, TokenHash = token.Hash, Boot = "b",
            Facts = new AgentFacts { Version = "1", Capabilities = [] },
        });
        Assert.True(registered.Ok, registered.Problem?.Message);
        // Its first batch finds the evaluation listening.
        await Evaluation(agent).WakeAsync(0);
    }

    /// <summary>The alerts there are, oldest first, each as <c>agent subject state</c>.</summary>
    public async Task<string> AlertsAsync(string? rule = "high") => string.Join(", ",
        (await Store.ListAsync(Tenant, new AlertQuery(Rule: rule), null, 1_000, default)).Reverse()
            .Select(alert => $"{alert.Agent} {string.Join("", alert.Labels.Select(label => label.Value))}{alert.State}".ToLowerInvariant()));

    /// <summary>What was put into the outbox of a channel, oldest first.</summary>
    public async Task<string> ToldAsync(string channel = "ops") => string.Join(", ",
        (await Store.ReadOutboxAsync(Tenant, channel, 1_000, default)).Select(one => $"{one.Alert.Agent} {one.Kind}".ToLowerInvariant()));

    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Outrider.Testing.TestTimeouts.Default);
        while (!await isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class NoSecrets : ISecrets
    {
        public Task<Outcome<SecretView>> SetAsync(string name, string value) => throw new NotSupportedException();

        public Task<Outcome<Done>> DeleteAsync(string name) => throw new NotSupportedException();

        public Task<List<SecretView>> ListAsync() => Task.FromResult(new List<SecretView>());

        public Task<Dictionary<string, string>> ReadAsync(List<string> names) => Task.FromResult(new Dictionary<string, string>());
    }

    private sealed class QuietChannel : IChannel
    {
        public Task WakeAsync() => Task.CompletedTask;

        public Task SettleAsync(string attempt, DeliveryResult result) => Task.CompletedTask;

        public Task<ChannelHealth> GetHealthAsync() => Task.FromResult(new ChannelHealth(0, null, null, null, 0, 0));
    }
}
