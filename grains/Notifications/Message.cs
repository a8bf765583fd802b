namespace Outrider.Grains.Notifications;

/// <summary>What is said to a receiver.</summary>
/// <param name="Title">One line.</param>
/// <param name="Content">Markdown of the plain kind that DingTalk and WeChat Work show: headings, bold, lists, links, quotes.</param>
/// <param name="At">When it was written.</param>
/// <param name="Notifications">What it tells, for receivers that read data; none for a test.</param>
public sealed record Message(string Title, string Content, DateTimeOffset At, IReadOnlyList<Notification> Notifications);
