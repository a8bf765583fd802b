using Orleans.Placement;

namespace Outrider.Silo.Orleans.Feeds;

/// <inheritdoc/>
[GrainType("feed")]
[PreferLocalPlacement]
public sealed class FeedGrain(TimeProvider time) : IFeedGrain
{
    /// <summary>How long a process is heard of without asking again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly Dictionary<GrainId, (IFeedPost Post, DateTimeOffset Until)> _posts = [];

    public Task ListenAsync(IFeedPost post)
    {
        _posts[post.GetGrainId()] = (post, time.GetUtcNow() + Lease);
        return Task.CompletedTask;
    }

    public Task LeaveAsync(IFeedPost post)
    {
        _posts.Remove(post.GetGrainId());
        return Task.CompletedTask;
    }

    public Task PublishAsync(FeedDelivery delivery)
    {
        var now = time.GetUtcNow();
        List<GrainId>? over = null;
        foreach (var (id, (post, until)) in _posts)
        {
            if (until < now)
                (over ??= []).Add(id);
            else
                _ = post.DeliverAsync(delivery);
        }
        over?.ForEach(id => _posts.Remove(id));
        return Task.CompletedTask;
    }
}
