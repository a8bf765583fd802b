using Outrider.Grains.Notifications;
using Outrider.Testing.Time;

namespace Outrider.Tests.Grains.Notifications;

/// <summary>Writes down what is sent and answers as it is told to, by channel.</summary>
internal sealed class FakeNotifier : INotifier
{
    public EventLog Log { get; } = new();

    /// <summary>What a channel's receiver makes of the alerts of a message; without it, it takes everything.</summary>
    public Func<ChannelDefinition, Message, Task<DeliveryResult>>? Answer { get; set; }

    /// <summary>The answer of a receiver that gives none, until the test is over.</summary>
    public TaskCompletionSource<DeliveryResult> Never { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<ChannelDefinition> Channels { get; } = [];

    public IEnumerable<string> Sent => Log.Events;

    public async ValueTask<DeliveryResult> SendAsync(string tenant, ChannelDefinition channel, Message message, CancellationToken cancellation)
    {
        lock (Channels)
            Channels.Add(channel);
        Log.Record(Text(channel, message));
        return Answer is null ? new DeliveryResult(true, "ok") : await Answer(channel, message);
    }

    public static string Text(ChannelDefinition channel, Message message) =>
        $"{channel.Name}: {string.Join(' ', message.Notifications.Select(notification => notification.Id))}";
}
