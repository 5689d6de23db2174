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

/// <summary>Which reactions listen to which fact. The outbox calls each of them in a scope of its own.</summary>
public sealed class Reactions
{
    private readonly Dictionary<Type, List<Type>> byFact = [];
    private readonly Dictionary<string, Type> factsByName = [];

    internal void Add(Type fact, Type reaction)
    {
        if (!byFact.TryGetValue(fact, out var list))
            byFact[fact] = list = [];
        list.Add(reaction);
        factsByName[fact.FullName!] = fact;
    }

    /// <summary>The reactions to a fact, in no promised order.</summary>
    public IReadOnlyList<Type> To(Type fact) => byFact.TryGetValue(fact, out var list) ? list : [];

    /// <summary>The fact of this full name, or null when nobody listens to it (any more).</summary>
    public Type? Named(string name) => factsByName.GetValueOrDefault(name);

    internal static Task Call(IServiceProvider scope, Type reaction, INotification fact, CancellationToken ct)
    {
        var call = typeof(Reactions).GetMethod(nameof(CallTyped), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(fact.GetType());
        return (Task)call.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [scope.GetRequiredService(reaction), fact, ct], null)!;
    }

    private static Task CallTyped<TFact>(INotificationHandler<TFact> reaction, TFact fact, CancellationToken ct)
        where TFact : INotification => reaction.Handle(fact, ct);
}
