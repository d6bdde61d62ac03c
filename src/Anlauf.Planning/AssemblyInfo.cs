[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Anlauf.Planning.Tests")]
