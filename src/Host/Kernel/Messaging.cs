using System.Reflection;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace MoocPlatform.Kernel;

/// <summary>The one place that knows how MediatR is wired: an upgrade of it is a change of this file.</summary>
public static class Messaging
{
    /// <summary>Registers every handler and reaction of the assemblies. Two handlers of one request are an error at start.</summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services, params IEnumerable<Assembly> assemblies)
    {
        var reactions = new Reactions();
        services.AddSingleton(reactions);
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();

        foreach (var type in assemblies.Distinct().SelectMany(a => a.GetTypes()).Where(t => t is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
            foreach (var face in type.GetInterfaces().Where(i => i.IsGenericType))
            {
                if (face.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
                {
                    if (services.Any(d => d.ServiceType == face))
                        throw new InvalidOperationException($"Two handlers for {face.GetGenericArguments()[0]}.");
                    services.AddTransient(face, type);
                }
                else if (face.GetGenericTypeDefinition() == typeof(INotificationHandler<>))
                {
                    services.AddTransient(type);
                    reactions.Add(face.GetGenericArguments()[0], type);
                }
            }

        return services;
    }

    /// <summary>Sends a request known only at run time, such as one that was kept in the schedule.</summary>
    public static Task SendAsync(this IMediator mediator, IRequest request, CancellationToken ct) => mediator.Send(request, ct);
}

/// <summary>
/// A reaction that hears facts together when many wait: one read and one save for all of them instead of one for each, as when a class hands
/// in at once. What fails with others is told again by itself.
/// </summary>
public interface IManyHandler<TFact> : INotificationHandler<TFact>
    where TFact : INotification
{
    /// <param name="facts">Those announced earlier come first; as with one, each may have been heard before.</param>
    Task Handle(IReadOnlyList<TFact> facts, CancellationToken ct);

    Task INotificationHandler<TFact>.Handle(TFact notification, CancellationToken cancellationToken) => Handle([notification], cancellationToken);
}

/// <summary>Which reactions listen to which fact. The outbox calls each of them in a scope of its own.</summary>
public sealed class Reactions
{
    private readonly Dictionary<Type, List<Reaction>> byFact = [];
    private readonly Dictionary<string, Type> factsByName = [];

    internal void Add(Type fact, Type reaction)
    {
        if (!byFact.TryGetValue(fact, out var list))
            byFact[fact] = list = [];
        list.Add((Reaction)Activator.CreateInstance(typeof(Reaction<>).MakeGenericType(fact), reaction)!);
        factsByName[fact.FullName!] = fact;
    }

    /// <summary>The reactions to a fact, in no promised order.</summary>
    internal IReadOnlyList<Reaction> To(Type fact) => byFact.TryGetValue(fact, out var list) ? list : [];

    /// <summary>The fact of this full name, or null when nobody listens to it (any more).</summary>
    public Type? Named(string name) => factsByName.GetValueOrDefault(name);
}

/// <summary>A reaction to facts of one kind.</summary>
internal abstract class Reaction(Type type)
{
    public Type Type => type;

    /// <summary>Whether it hears many at a time.</summary>
    public abstract bool HearsMany { get; }

    /// <param name="facts">One, where it does not hear many.</param>
    public abstract Task Tell(IServiceProvider scope, IReadOnlyList<INotification> facts, CancellationToken ct);
}

internal sealed class Reaction<TFact>(Type type) : Reaction(type)
    where TFact : INotification
{
    public override bool HearsMany { get; } = type.IsAssignableTo(typeof(IManyHandler<TFact>));

    public override Task Tell(IServiceProvider scope, IReadOnlyList<INotification> facts, CancellationToken ct) => scope.GetRequiredService(Type) switch
    {
        IManyHandler<TFact> many => many.Handle([.. facts.Cast<TFact>()], ct),
        var one => ((INotificationHandler<TFact>)one).Handle((TFact)facts.Single(), ct),
    };
}
