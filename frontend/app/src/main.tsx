import "./style/index.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { registerWorker } from "./offline/register";
import { Problem } from "./server/http";
import { askEarly, SessionProvider } from "./server/session";
import { App } from "./shell/App";
import { WordsProvider } from "./words/Words";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // The service worker answers from what it keeps while there is no connection.
      networkMode: "always",
      retry: (count, error) => count < 2 && !(error instanceof Problem && error.status < 500),
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: "always" },
  },
});

askEarly(client);

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <WordsProvider>
        <SessionProvider>
          <App />
        </SessionProvider>
      </WordsProvider>
    </QueryClientProvider>
  </StrictMode>,
);
registerWorker();
