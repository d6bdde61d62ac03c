// Entry of the browser side. Pages are complete without it; each island starts on turbo:load and returns its clean-up.
import "@hotwired/turbo";
